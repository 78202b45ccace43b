use actix_cors::Cors;

pub fn cors() -> Cors {
    let origin = std::env::var("NO_SUCH_ORIGIN").unwrap_or_else(|_| "https://app.example.com".to_string());
    Cors::default().allowed_origin(&origin).allowed_methods(["GET"])
}
