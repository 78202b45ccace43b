package com.acme.shop;

import org.springframework.web.bind.annotation.*;

@RestController
@RequestMapping("/products")
@CrossOrigin(origins = {"https://app.example.com", "http://localhost:3000"}, allowCredentials = "true", maxAge = 600)
public class ProductController {
    @RequestMapping
    public String any() {
        return "products";
    }
}
