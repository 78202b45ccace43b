use salvo::cors::Cors;

pub fn cors() -> Cors {
    Cors::new().allow_origin(vec!["https://app.example.com"]).max_age(std::time::Duration::from_secs(30))
}
