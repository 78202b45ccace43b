use poem::middleware::Cors;

pub fn cors() -> Cors {
    Cors::new().allow_origin_regex("https://*example.com").allow_credentials(true)
}
