package com.acme.shop;

import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/products")
@CrossOrigin(Origins.EVERYBODY)
public class ProductController {
    @RequestMapping
    public String all() {
        return "products";
    }
}

class Origins {
    static final String EVERYBODY = "*";
}
