package dev.waybill.defaults.validation;

import jakarta.validation.Constraint;
import jakarta.validation.OverridesAttribute;
import jakarta.validation.Payload;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.TYPE_USE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

/**
 * A text that can be stored, logged and shown anywhere: not blank, not longer than {@link #max}, no control
 * characters. Like every constraint it has nothing against null.
 */
@Size @Constraint(validatedBy = {})
@Pattern.List({@Pattern(regexp = PlainText.NO_CONTROLS, message = "This text holds a control character"),
        @Pattern(regexp = PlainText.NOT_BLANK, message = "This text is blank")})
@Retention(RUNTIME)
@Target({FIELD, PARAMETER, TYPE_USE})
public @interface PlainText {

    String NO_CONTROLS = "[^\\x00-\\x1F\\x7F-\\x9F]*";
    /** Blank as Unicode has it: an em space is no text either. */
    String NOT_BLANK = "(?sU).*\\S.*";

    @OverridesAttribute(constraint = Size.class, name = "max")
    int max() default 200;

    String message() default "";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
