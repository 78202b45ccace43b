use rocket_cors::{Cors, CorsOptions};

pub fn cors() -> Cors {
    CorsOptions::default().to_cors().unwrap()
}
