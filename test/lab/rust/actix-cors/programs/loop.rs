use actix_cors::Cors;

const ORIGINS: [&str; 2] = ["https://app.example.com", "https://admin.example.com"];

pub fn cors() -> Cors {
    let mut cors = Cors::default().allowed_methods(["GET"]);
    for origin in ORIGINS {
        cors = cors.allowed_origin(origin);
    }
    cors
}
