package dev.waybill.events;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/** Makes valid messages at random, the same ones for the same seed. */
final class Samples {

    private static final List<String> CURRENCIES = List.of("EUR", "USD", "JPY", "KRW", "KWD", "BHD", "CLF");
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,'-äöüßéñłžÆ漢字かなعربى";
    private static final String SKU = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";

    private final Random random;

    Samples(long seed) {
        random = new Random(seed);
    }

    <T> T of(Class<T> type) {
        return type.cast(value(type));
    }

    private Object value(Type type) {
        if (type instanceof ParameterizedType list) {
            return Stream.generate(() -> value(list.getActualTypeArguments()[0])).limit(1 + random.nextInt(5)).toList();
        }
        Class<?> raw = (Class<?>) type;
        if (raw == UUID.class) {
            return new UUID(random.nextLong(), random.nextLong());
        } else if (raw == Sku.class) {
            return new Sku(SKU.charAt(random.nextInt(36)) + text(SKU, random.nextInt(40)));
        } else if (raw == Quantity.class) {
            return Quantity.of(random.nextInt(4) == 0 ? 1 + random.nextInt(Quantity.MAX) : 1 + random.nextInt(9));
        } else if (raw == Money.class) {
            return new Money(
                    random.nextInt(10) == 0 ? random.nextLong(Long.MAX_VALUE) : random.nextInt(1_000_000),
                    Currency.getInstance(CURRENCIES.get(random.nextInt(CURRENCIES.size()))));
        } else if (raw == Address.class) {
            return new Address(words(200), words(200), random.nextBoolean() ? words(200) : null, words(100), words(20),
                    "" + (char) ('A' + random.nextInt(26)) + (char) ('A' + random.nextInt(26)));
        } else if (raw == OrderNumber.class) {
            return new OrderNumber("W-" + (100_000 + random.nextInt(900_000)));
        } else if (raw == CustomerId.class) {
            return new CustomerId(words(64));
        } else if (raw == PaymentMethod.class) {
            return new PaymentMethod("pm_" + words(61));
        } else if (raw == String.class) {
            return words(100);
        } else if (raw == Instant.class) {
            return Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L));
        } else if (raw == int.class) {
            return random.nextInt(Integer.MAX_VALUE);
        } else if (raw.isEnum()) {
            List<?> sayable = Arrays.stream(raw.getEnumConstants())
                    .filter(value -> !value.toString().equals("UNKNOWN")).toList();
            return sayable.get(random.nextInt(sayable.size()));
        } else if (raw.isRecord()) {
            return record(raw);
        }
        throw new IllegalArgumentException("No sample of " + type);
    }

    private Object record(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        @Nullable Object[] values = Arrays.stream(components)
                .map(component -> isNullable(component.getAnnotatedType()) && random.nextBoolean()
                        ? null
                        : value(component.getGenericType()))
                .toArray();
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("No sample of " + type, e);
        }
    }

    private static boolean isNullable(AnnotatedElement type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private String words(int max) {
        return "x" + text(LETTERS, random.nextInt(max));
    }

    private String text(String alphabet, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
