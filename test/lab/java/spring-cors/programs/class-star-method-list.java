package com.acme.shop;

import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/products")
@CrossOrigin("*")
public class ProductController {
    @CrossOrigin("https://app.example.com")
    @RequestMapping
    public String all() {
        return "products";
    }
}
