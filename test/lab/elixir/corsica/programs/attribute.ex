defmodule Shop.Endpoint do
  use Plug.Builder

  @origins ["https://app.example.com", "https://b.example.com"]

  plug Corsica, origins: @origins, allow_credentials: true
  plug :ok

  def ok(conn, _opts), do: send_resp(conn, 200, "ok")
end
