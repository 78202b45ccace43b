package com.acme.shop;

import org.springframework.web.bind.annotation.*;

@RestController
@RequestMapping("/products")
@CrossOrigin(origins = "*", allowedHeaders = {"Content-Type", "X-Test"}, exposedHeaders = {"X-Total", "X-Page"})
public class ProductController {
    @RequestMapping
    public String any() {
        return "products";
    }
}
