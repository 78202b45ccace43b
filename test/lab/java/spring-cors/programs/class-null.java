package com.acme.shop;

import org.springframework.web.bind.annotation.*;

@RestController
@RequestMapping("/products")
@CrossOrigin({"null", "https://app.example.com"})
public class ProductController {
    @RequestMapping
    public String any() {
        return "products";
    }
}
