defmodule Shop.Endpoint do
  use Plug.Builder

  @origins ["https://app.example.com"]

  plug CORSPlug, origin: @origins
  plug :ok

  def ok(conn, _opts), do: send_resp(conn, 200, "ok")
end
