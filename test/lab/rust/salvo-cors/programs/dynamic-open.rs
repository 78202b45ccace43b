use salvo::cors::{AllowOrigin, Cors};
use salvo::http::Method;

pub fn cors() -> Cors {
    Cors::new()
        .allow_origin(AllowOrigin::dynamic(|origin, _, _| origin.cloned()))
        .allow_credentials(true)
        .allow_methods([Method::PUT])
}
