package dev.waybill.simulators.books;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.nio.file.Path;

/**
 * @param dataDir where the books are kept
 */
@Validated
@ConfigurationProperties("waybill.simulators")
record BooksSettings(@DefaultValue(".demo/simulators") Path dataDir) {}
