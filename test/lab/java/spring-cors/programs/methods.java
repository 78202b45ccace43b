package com.acme.shop;

import org.springframework.web.bind.annotation.*;

@RestController
@CrossOrigin(origins = "https://app.example.com", allowedHeaders = "Content-Type")
public class AccountController {
    @CrossOrigin("http://localhost:3000")
    @GetMapping("/account")
    public String account() {
        return "account";
    }

    @CrossOrigin(origins = "*", maxAge = 60)
    @RequestMapping(value = "/orders", method = {RequestMethod.PUT, RequestMethod.DELETE})
    public String change() {
        return "changed";
    }

    @CrossOrigin
    @PostMapping("/baskets")
    public String basket() {
        return "basket";
    }
}
