use poem::middleware::Cors;

pub fn cors() -> Cors {
    let cors = Cors::new().allow_methods(["GET", "POST", "PUT"]);
    cors.allow_origins_fn(|origin| origin == "https://app.example.com")
}
