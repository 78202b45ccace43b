package com.acme.shop;

import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/products")
@CrossOrigin(value = {"*"}, allowedHeaders = "*", maxAge = 172800)
public class ProductController {
    @RequestMapping
    public String all() {
        return "products";
    }
}
