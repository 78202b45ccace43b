defmodule Shop.Endpoint do
  import Plug.Conn

  @origins ["https://app.example.com", "https://b.example.com"]

  def init(opts), do: opts

  def call(conn, _opts) do
    origin = List.first(get_req_header(conn, "origin"))

    unless origin in @origins do
      send_resp(conn, 403, "no")
    else
      conn |> put_resp_header("access-control-allow-origin", origin) |> send_resp(200, "ok")
    end
  end
end
