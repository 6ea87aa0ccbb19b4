package dev.waybill.system.seed;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Plants a bug in a service that is running, without a hook in its code. Its argument names a method of the product and the
 * class of the bug: {@code <class> <method> <bug>}. From then on, what the method was about to return goes through the bug's static
 * method of the same name first, which gets the result, if there is one, the object and the arguments, and answers what is
 * returned instead. With a fourth word, {@code before}, the bug's method is called when the product's begins, with the object
 * and the arguments. The same with {@code honest} in place of the bug takes it out again.
 */
public final class SeedAgent {

    private static final Map<String, ClassFileTransformer> PLANTED = new ConcurrentHashMap<>();

    private SeedAgent() {}

    public static void agentmain(String seed, Instrumentation instrumentation)
            throws ClassNotFoundException, UnmodifiableClassException {
        String[] names = seed.split(" ");
        Class<?> product = Class.forName(names[0]);
        boolean before = names.length > 3 && names[3].equals("before");
        String method = names[0] + " " + names[1];
        if (names[2].equals("honest")) {
            instrumentation.removeTransformer(PLANTED.remove(method));
        } else {
            var bug = new Diverting(product, names[1], ClassDesc.of(names[2]), before);
            PLANTED.put(method, bug);
            instrumentation.addTransformer(bug, true);
        }
        instrumentation.retransformClasses(product);
    }

    private record Diverting(Class<?> product, String methodName, ClassDesc bug, boolean before)
            implements
                ClassFileTransformer {

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
                            methodBuilder.transformCode(code, diversionOf(method));
                        } else {
                            methodBuilder.with(part);
                        }
                    });
                } else {
                    classBuilder.with(element);
                }
            });
        }

        private CodeTransform diversionOf(MethodModel method) {
            return new CodeTransform() {
                @Override
                public void atStart(CodeBuilder code) {
                    if (before) {
                        divert(code, method, ConstantDescs.CD_void);
                    }
                }

                @Override
                public void accept(CodeBuilder code, CodeElement element) {
                    if (!before && element instanceof ReturnInstruction) {
                        divert(code, method, method.methodTypeSymbol().returnType());
                    }
                    code.with(element);
                }
            };
        }

        /** What is to be exchanged, unless it is void, is on the stack. */
        private void divert(CodeBuilder code, MethodModel method, ClassDesc exchanged) {
            MethodTypeDesc type = method.methodTypeSymbol();
            List<ClassDesc> handedOver = new ArrayList<>();
            if (!exchanged.equals(ConstantDescs.CD_void)) {
                handedOver.add(exchanged);
            }
            handedOver.add(product.describeConstable().orElseThrow());
            code.aload(code.receiverSlot());
            for (int n = 0; n < type.parameterCount(); n++) {
                handedOver.add(type.parameterType(n));
                code.loadLocal(TypeKind.from(type.parameterType(n)), code.parameterSlot(n));
            }
            code.invokestatic(bug, methodName, MethodTypeDesc.of(exchanged, handedOver));
        }
    }
}
