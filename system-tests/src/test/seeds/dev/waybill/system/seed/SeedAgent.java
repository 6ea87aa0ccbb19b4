package dev.waybill.system.seed;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;

/**
 * Plants a bug in a service that is running, without a hook in its code. Its argument names a method of the product and the
 * class of the bug: {@code <class> <method> <bug>}. From then on, what the method was about to return goes through the bug's static
 * method of the same name first, which gets the result, the object and the arguments, and answers what is returned instead.
 */
public final class SeedAgent {

    private SeedAgent() {}

    public static void agentmain(String seed, Instrumentation instrumentation)
            throws ClassNotFoundException, UnmodifiableClassException {
        String[] names = seed.split(" ");
        Class<?> product = Class.forName(names[0]);
        instrumentation.addTransformer(new Diverting(product, names[1], ClassDesc.of(names[2])), true);
        instrumentation.retransformClasses(product);
    }

    private record Diverting(Class<?> product, String methodName, ClassDesc bug) implements ClassFileTransformer {

        @Override
        public byte[] transform(
                ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] classFile) {
            if (redefined != product) {
                return null;
            }
            var parsed = ClassFile.of().parse(classFile);
            return ClassFile.of().transformClass(parsed, (classBuilder, element) -> {
                if (element instanceof MethodModel method && method.methodName().equalsString(methodName)) {
                    classBuilder.transformMethod(method, (methodBuilder, part) -> {
                        if (part instanceof CodeModel code) {
                            methodBuilder.transformCode(code, (builder, one) -> divert(builder, one, method));
                        } else {
                            methodBuilder.with(part);
                        }
                    });
                } else {
                    classBuilder.with(element);
                }
            });
        }

        private void divert(CodeBuilder code, CodeElement element, MethodModel method) {
            if (element instanceof ReturnInstruction) {
                MethodTypeDesc type = method.methodTypeSymbol();
                List<ClassDesc> handedOver = new ArrayList<>();
                handedOver.add(type.returnType());
                handedOver.add(product.describeConstable().orElseThrow());
                code.aload(code.receiverSlot());
                for (int n = 0; n < type.parameterCount(); n++) {
                    handedOver.add(type.parameterType(n));
                    code.loadLocal(TypeKind.from(type.parameterType(n)), code.parameterSlot(n));
                }
                code.invokestatic(bug, methodName, MethodTypeDesc.of(type.returnType(), handedOver));
            }
            code.with(element);
        }
    }
}
