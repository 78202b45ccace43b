package com.acme.shop;

import org.springframework.web.bind.annotation.*;

@RestController
@RequestMapping("/products")
@CrossOrigin(value = "*", allowCredentials = "false", maxAge = 0)
public class ProductController {
    @RequestMapping
    public String any() {
        return "products";
    }
}
