package com.acme.shop;

import org.springframework.web.bind.annotation.*;

@RestController
@RequestMapping("/products")
@CrossOrigin(origins = "https://app.example.com", methods = {RequestMethod.GET, RequestMethod.PUT})
public class ProductController {
    @RequestMapping
    public String any() {
        return "products";
    }
}
