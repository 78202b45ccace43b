use salvo::cors::{Any, Cors};

pub fn cors() -> Cors {
    Cors::new()
        .allow_origin(Any)
        .allow_credentials(true)
}
