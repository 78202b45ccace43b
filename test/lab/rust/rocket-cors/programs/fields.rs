use rocket_cors::{AllowedOrigins, Cors, CorsOptions};

pub fn cors() -> Cors {
    let mut options = CorsOptions::default();
    options.allow_credentials = true;
    options.allowed_origins = AllowedOrigins::some_exact(&["https://app.example.com"]);
    options.to_cors().unwrap()
}
