defmodule Shop.Cors do
  use Corsica.Router, origins: ["https://app.example.com", "https://b.example.com"], allow_credentials: true

  resource "/*", max_age: 600
end

defmodule Shop.Endpoint do
  use Plug.Builder

  plug Shop.Cors
  plug :ok

  def ok(conn, _opts), do: send_resp(conn, 200, "ok")
end
