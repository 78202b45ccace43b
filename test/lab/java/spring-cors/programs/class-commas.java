package com.acme.shop;

import org.springframework.web.bind.annotation.*;

@RestController
@RequestMapping("/products")
@CrossOrigin("https://app.example.com,http://localhost:3000")
public class ProductController {
    @RequestMapping
    public String any() {
        return "products";
    }
}
