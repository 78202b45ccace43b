use poem::middleware::Cors;

pub fn cors() -> Cors {
    let mut cors = Cors::new().allow_credentials(true);
    for origin in ["https://app.example.com", "https://admin.example.com"] {
        cors = cors.allow_origin(origin);
    }
    cors
}
