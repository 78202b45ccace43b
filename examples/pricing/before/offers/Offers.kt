package com.example.shop.offers

import org.http4k.core.HttpHandler
import org.http4k.core.Method.GET
import org.http4k.core.then
import org.http4k.filter.AnyOf
import org.http4k.filter.CorsPolicy
import org.http4k.filter.OriginPolicy
import org.http4k.filter.ServerFilters

/** Offers of the day, which the pages of the shop and those of its staff show. */
fun withPages(offers: HttpHandler): HttpHandler = ServerFilters.Cors(
    CorsPolicy(
        OriginPolicy.AnyOf("https://www.shop.example", "https://staff.shop.example/"),
        headers = listOf("Authorization"),
        methods = listOf(GET),
        credentials = true,
    ),
).then(offers)
