use poem::middleware::Cors;

pub fn cors() -> Cors {
    Cors::new()
        .allow_credentials(true)
        .allow_origins_fn(|origin| origin.ends_with("example.com"))
}
