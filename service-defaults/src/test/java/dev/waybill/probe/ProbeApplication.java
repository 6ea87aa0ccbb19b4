package dev.waybill.probe;

import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
class ProbeApplication {}
