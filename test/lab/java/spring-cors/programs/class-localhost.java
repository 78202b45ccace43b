package com.acme.shop;

import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/products")
@CrossOrigin(origins = {"http://localhost:3000"})
public class ProductController {
    @RequestMapping
    public String all() {
        return "products";
    }
}
