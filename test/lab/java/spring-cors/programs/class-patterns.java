package com.acme.shop;

import org.springframework.web.bind.annotation.*;

@RestController
@RequestMapping("/products")
@CrossOrigin(originPatterns = "https://*.example.com", allowCredentials = "true")
public class ProductController {
    @RequestMapping
    public String any() {
        return "products";
    }
}
