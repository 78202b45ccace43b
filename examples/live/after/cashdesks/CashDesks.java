package com.example.shop.cashdesks;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.server.cors.CrossOrigin;
import java.util.List;

/** Cash desks that are open, for the boards in the shops. */
@Controller("/cash-desks")
public class CashDesks {
    @Get
    @CrossOrigin(allowedOriginsRegex = "https://([a-z]+\\.)?shop\\.example")
    public List<Integer> open() {
        return List.of(1, 4);
    }
}
