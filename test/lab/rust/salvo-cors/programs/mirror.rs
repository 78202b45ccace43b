use salvo::cors::{AllowOrigin, Cors};

pub fn cors() -> Cors {
    Cors::new().allow_origin(AllowOrigin::mirror_request()).allow_credentials(true)
}
