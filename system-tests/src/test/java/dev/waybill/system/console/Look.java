package dev.waybill.system.console;

import com.microsoft.playwright.options.ColorScheme;

/** How a page comes before people: by day and by night, at a desk and on a phone. */
enum Look {
    DESK_BY_DAY(1280, 800, ColorScheme.LIGHT), DESK_BY_NIGHT(1280, 800, ColorScheme.DARK),
    PHONE_BY_DAY(390, 844, ColorScheme.LIGHT), PHONE_BY_NIGHT(390, 844, ColorScheme.DARK);

    final int width;
    final int height;
    final ColorScheme scheme;

    Look(int width, int height, ColorScheme scheme) {
        this.width = width;
        this.height = height;
        this.scheme = scheme;
    }
}
