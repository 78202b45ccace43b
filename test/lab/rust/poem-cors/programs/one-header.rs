use poem::middleware::Cors;

const TRUSTED: [&str; 1] = ["https://app.example.com"];

pub fn cors() -> Cors {
    Cors::new()
        .allow_origins(TRUSTED)
        .allow_header("x-test")
        .allow_method("PUT")
        .max_age(0)
}
