defmodule Shop.Endpoint do
  use Plug.Builder

  plug Corsica, origins: ["https://app.example.com", "https://b.example.com"], allow_methods: ["put"]
  plug :ok

  def ok(conn, _opts), do: send_resp(conn, 200, "ok")
end
