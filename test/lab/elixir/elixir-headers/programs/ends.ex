defmodule Shop.Endpoint do
  import Plug.Conn

  def init(opts), do: opts

  def call(conn, _opts) do
    origin = conn |> get_req_header("origin") |> List.first() || ""

    if String.ends_with?(origin, "example.com") do
      conn
      |> put_resp_header("access-control-allow-origin", origin)
      |> put_resp_header("access-control-allow-credentials", "true")
      |> send_resp(200, "ok")
    else
      send_resp(conn, 200, "ok")
    end
  end
end
