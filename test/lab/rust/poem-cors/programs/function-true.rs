use poem::middleware::Cors;

pub fn cors() -> Cors {
    Cors::new().allow_origins_fn(|_| true).allow_credentials(true)
}
