package com.acme.shop;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

public class BasketServlet extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest req, HttpServletResponse resp) throws IOException {
        allow(req, resp);
        resp.getWriter().write("basket");
    }

    @Override
    protected void doOptions(HttpServletRequest req, HttpServletResponse resp) {
        allow(req, resp);
        resp.setHeader("Access-Control-Allow-Methods", "GET, PUT");
        resp.setStatus(204);
    }

    private void allow(HttpServletRequest req, HttpServletResponse resp) {
        String origin = req.getHeader("Origin");
        resp.setHeader("Vary", "Origin");
        if (!"https://app.example.com".equals(origin)) {
            return;
        }
        resp.setHeader("Access-Control-Allow-Origin", origin);
        resp.setHeader("Access-Control-Allow-Credentials", "true");
    }
}
