use poem::middleware::Cors;

pub fn cors() -> Cors {
    Cors::new()
        .allow_origin("https://app.example.com")
        .allow_origin_regex("https://*.internal.example.com")
        .allow_method("DELETE")
}
