defmodule Shop.Endpoint do
  import Plug.Conn

  def init(opts), do: opts

  def call(conn, _opts) do
    with [origin] <- get_req_header(conn, "origin"),
         true <- String.starts_with?(origin, "https://app.") do
      conn
      |> put_resp_header("access-control-allow-origin", origin)
      |> put_resp_header("access-control-allow-credentials", "true")
      |> send_resp(200, "ok")
    else
      _ -> send_resp(conn, 200, "ok")
    end
  end
end
