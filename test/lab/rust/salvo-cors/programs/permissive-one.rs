use salvo::cors::Cors;

pub fn cors() -> Cors {
    Cors::permissive().allow_origin(["https://app.example.com"])
}
