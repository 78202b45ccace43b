defmodule EventsWeb.Endpoint do
  use Phoenix.Endpoint, otp_app: :events

  plug CORSPlug, origin: [~r/^https:\/\/([a-z]+\.)?shop\.example$/, "https://partner.example"]
  plug EventsWeb.Router
end
