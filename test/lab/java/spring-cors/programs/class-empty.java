package com.acme.shop;

import org.springframework.web.bind.annotation.*;

@RestController
@RequestMapping("/products")
@CrossOrigin(origins = {}, methods = {})
public class ProductController {
    @RequestMapping
    public String any() {
        return "products";
    }
}
