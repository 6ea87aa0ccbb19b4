package dev.waybill.events;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The fixed map between the names in {@code ce_type} and the records. A consumer takes a class from here and from nowhere
 * else: no header ever names one. It is read off the sealed families, so no message can be left out.
 */
public final class MessageTypes {

    private static final Map<String, Class<? extends Message>> CLASSES = new LinkedHashMap<>();
    private static final Map<Class<? extends Message>, String> NAMES = new LinkedHashMap<>();

    static {
        register(Message.class);
    }

    private MessageTypes() {}

    /** Every message there is, by its name. */
    public static Map<String, Class<? extends Message>> all() {
        return Map.copyOf(CLASSES);
    }

    /** The record that a name stands for; empty for a name that is not known here (a newer producer, say). */
    public static Optional<Class<? extends Message>> find(String name) {
        return Optional.ofNullable(CLASSES.get(name));
    }

    /** The name of a message's kind. */
    public static String nameOf(Class<? extends Message> type) {
        String name = NAMES.get(type);
        if (name == null) {
            throw new IllegalArgumentException(type + " is not a message");
        }
        return name;
    }

    /** Every kind that belongs to a family: the sealed interface's records, or the record itself. */
    public static Set<Class<? extends Message>> membersOf(Class<? extends Message> family) {
        return NAMES.keySet().stream().filter(family::isAssignableFrom)
                .collect(java.util.stream.Collectors.toUnmodifiableSet());
    }

    private static void register(Class<? extends Message> type) {
        if (type.isSealed()) {
            for (Class<?> member : type.getPermittedSubclasses()) {
                register(member.asSubclass(Message.class));
            }
            return;
        }
        MessageType annotation = type.getAnnotation(MessageType.class);
        if (annotation == null) {
            throw new IllegalStateException(type + " lacks @MessageType");
        }
        Class<? extends Message> other = CLASSES.putIfAbsent(annotation.value(), type);
        if (other != null && other != type) {
            throw new IllegalStateException(annotation.value() + " names both " + other + " and " + type);
        }
        NAMES.put(type, annotation.value());
    }
}
