package com.acme.shop;

import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@CrossOrigin(origins = {"https://app.example.com"})
@RestController
@RequestMapping("/products")
class ProductController {
    @GetMapping
    String all() {
        return "all";
    }

    @PostMapping
    String add() {
        return "added";
    }

    @PutMapping
    String change() {
        return "changed";
    }

    @DeleteMapping
    String remove() {
        return "removed";
    }
}
