use salvo::cors::Cors;

pub fn cors() -> Cors {
    Cors::new().allow_origin(["https://app.example.com", "null"]).allow_credentials(true)
}
