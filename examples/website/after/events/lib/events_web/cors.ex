defmodule EventsWeb.Cors do
  use Corsica.Router,
    origins: ["https://shop.example", "https://www.shop.example"],
    allow_credentials: true,
    max_age: 600

  resource "/tickets/*"
end
