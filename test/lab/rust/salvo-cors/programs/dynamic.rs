use salvo::cors::{AllowOrigin, Cors};

pub fn cors() -> Cors {
    Cors::new()
        .allow_origin(AllowOrigin::dynamic(|origin, _, _| {
            origin.filter(|one| *one == "https://app.example.com").cloned()
        }))
        .allow_credentials(true)
}
