package com.acme.shop;

import org.springframework.web.bind.annotation.*;

@RestController
@RequestMapping("/products")
@CrossOrigin
public class ProductController {
    @RequestMapping
    public String any() {
        return "products";
    }
}
