# ruff: noqa: E501 -- exact texts of another program
"""English that the library's translations do not reach: (text in its script, ours, how often)."""

from __future__ import annotations

WORDS: tuple[tuple[str, str, int], ...] = (
    # Sentences
    ('"Successfully added row"', '"Đã thêm bản ghi."', 1),
    ('"Successfully saved row"', '"Đã lưu."', 1),
    ('"Successfully updated rows"', '"Đã lưu các dòng đã chọn."', 1),
    ('"Successfully deleted row"', '"Đã xóa bản ghi."', 2),
    ('"Successfully deleted rows"', '"Đã xóa các dòng đã chọn."', 1),
    ('"Successfully applied filter"', '"Đã lọc."', 1),
    ('"Successfully cleared filters"', '"Đã bỏ lọc."', 1),
    ('"Successfully submitted form"', '"Đã thực hiện."', 1),
    ('"Downloaded file"', '"Đã tải tệp xuống."', 1),
    ('"The form has errors."', '"Chưa lưu: có chỗ cần sửa, xem ở đầu trang."', 3),
    ('"Invalid column name or value"', '"Chưa lưu: cột hoặc giá trị không phù hợp."', 1),
    ('"Unable to delete the row."', '"Chưa xóa được bản ghi."', 1),
    ("`Unable to delete row ${this.selectedRows[e]} (${n})`", "`Chưa xóa được: ${n}`", 1),
    ('"Are you sure you want to delete this row?"', '"Xóa bản ghi này?"', 1),
    ("`Are you sure you want to delete row ${e}?`", "`Xóa bản ghi này?`", 1),
    ('"Are you sure you want to delete the selected rows?"', '"Xóa các dòng đã chọn?"', 1),
    ('"Are you sure you want to logout?"', '"Đăng xuất khỏi toàn bộ trang web?"', 1),
    ('"Please select at least one column."', '"Hãy chọn ít nhất một cột."', 1),
    (
        "`There are more than ${jz}, are you sure you want to continue?`",
        "`Có hơn ${jz} bản ghi. Vẫn xuất?`",
        1,
    ),
    ('alert("Page not found")', 'alert("Không có nội dung này.")', 1),
    (
        '"Method not supported - running in read only mode."',
        '"Bảng này không nhận thao tác đó."',
        1,
    ),
    (
        '"The server can\'t be reached - please try later."',
        '"Chưa kết nối được máy chủ. Xin thử lại sau."',
        1,
    ),
    (
        "contents:`Problem fetching ${o} rows.`",
        'contents:(i.response&&i.response.data&&typeof i.response.data.detail=="string"'
        '?i.response.data.detail:"Chưa đọc được bảng này. Hãy xem lại bộ lọc.")',
        1,
    ),
    ('"The request failed."', '"Chưa thực hiện được."', 1),
    ('"The file is too large."', '"Tệp quá lớn."', 1),
    ('"An error happened on the server."', '"Máy chủ gặp lỗi."', 1),
    ('"Unknown error"', '"Lỗi chưa rõ."', 1),
    ('"Uploading file"', '"Đang tải tệp lên"', 1),
    # Titles of buttons and small words
    ("label:`${c} per page`", "label:`${c} dòng mỗi trang`", 1),
    ('"of "+M0(e.pageCount)', '"trong "+M0(e.pageCount)', 1),
    ("title:`Select a row from ${e.readableTableName}`", "title:`Chọn từ bảng ${e.readableTableName}`", 1),
    ('placeholder:"Type here to filter"', 'placeholder:"Gõ để tìm"', 1),
    ('["prevent"]))},"All")', '["prevent"]))},"Tất cả")', 1),
    ('["prevent"]))},"None")', '["prevent"]))},"Không có")', 1),
    ('selectResult(null,"Null")', 'selectResult(null,"Không có")', 1),
    ('" Load more"', '" Xem thêm"', 1),
    ('placeholder:e.isFilter?"All":"None"', 'placeholder:e.isFilter?"Tất cả":"Không có"', 1),
    ('return this.isFilter?"All":', 'return this.isFilter?"Tất cả":', 1),
    ('this.value===null?"NULL":""', 'this.value===null?"Không có":""', 1),
    ('t0("code",null,"NULL",-1)', 't0("span",{title:"Không có"},"–",-1)', 1),
    ('" All "', '" Tất cả "', 2),
    ('" Null "', '" Không có "', 2),
    ('" True "', '" Có "', 1),
    ('" False "', '" Không "', 1),
    ('{label:"Equals"', '{label:"Bằng"', 1),
    ('{label:"Not Equal"', '{label:"Khác"', 1),
    ('{label:"Less Than",', '{label:"Nhỏ hơn",', 1),
    ('{label:"Less Than or Equal To"', '{label:"Không quá"', 1),
    ('{label:"Greater Than or Equal To"', '{label:"Từ"', 1),
    ('{label:"Greater Than",', '{label:"Lớn hơn",', 1),
    (
        'selected:r=="contains",value:r},M0(r),9,bT)',
        'selected:r=="contains",value:r},M0({contains:"chứa",exact:"đúng bằng",starts:"bắt đầu bằng"'
        ',ends:"kết thúc bằng"}[r]),9,bT)',
        1,
    ),
    ('U0("Error",-1)', 'U0("Có chỗ cần sửa",-1)', 1),
    ('t0("span",null,"File:",-1)', 't0("span",null,"Tệp:",-1)', 1),
    ('"Loading ... "', '"Đang tải… "', 1),
    ('" Unable to preview file - download below. "', '" Tệp được mở ở trang riêng, bằng nút bên dưới. "', 1),
    ('U0(" Download",-1)', 'U0(" Mở hoặc tải tệp",-1)', 1),
    ('"Edit Row"', '"Xem"', 1),
    ('title:"Delete Row"', 'title:"Xóa"', 1),
    ('title:"Delete selected Rows"', 'title:"Xóa các dòng đã chọn"', 1),
    ('title:"Bulk Update"', 'title:"Sửa nhiều dòng"', 1),
    ('t0("label",null,"Set null:",-1)', 't0("label",null,"Để trống:",-1)', 1),
    ('" Columns"', '" Cột"', 1),
    ('"Toggle all"', '"Chọn hoặc bỏ tất cả"', 1),
    ('"Include readable"', '"Kèm tên của mục được dẫn tới"', 1),
    ('" Add sort column"', '" Thêm cột sắp xếp"', 1),
    ('title:"Remove"', 'title:"Bỏ"', 2),
    ('title:"View"', 'title:"Xem"', 2),
    ('title:"Add"', 'title:"Thêm"', 1),
    ('title:"Translations"', 'title:"Ngôn ngữ"', 1),
    ('title:"Click for more info"', 'title:"Giải thích"', 1),
    ('title:"Click to toggle children."', 'title:"Mở hoặc gập nhóm"', 1),
    ('title:"Show tables"', 'title:"Hiện các bảng"', 1),
    ('title:"Hide tables"', 'title:"Ẩn các bảng"', 1),
    ('title:"Show forms"', 'title:"Hiện các biểu mẫu"', 1),
    ('title:"Hide forms"', 'title:"Ẩn các biểu mẫu"', 1),
    ('title:"Show links"', 'title:"Hiện các đường dẫn"', 1),
    ('title:"Hide links"', 'title:"Ẩn các đường dẫn"', 1),
    ('M0(e.$t("About"))+" Piccolo "', 'M0(e.$t("About"))', 1),
    ('siteName:"Piccolo Admin",', 'siteName:"Bảng quản trị",', 1),
    # Columns by their titles, instants in Vietnam's time and order of the day
    ("value:e.schema.extra.primary_key_name},M0(e.schema.extra.primary_key_name)", 'value:e.schema.extra.primary_key_name},M0("Bản ghi")', 1),
    ("(Z(),p0(\"option\",{key:b,value:b},M0(b),9,z_))", '(Z(),p0("option",{key:b,value:b},M0(M.title),9,z_))', 1),
    ('t0("label",{for:"csv_"+m},M0(m),9,kB)', 't0("label",{for:"csv_"+m},M0((a.value.properties[m]||{title:"Bản ghi"}).title),9,kB)', 1),
    ('t0("span",z9,M0(s.columnName),1)', 't0("span",z9,M0(s.title),1)', 1),
    ('t0("span",l9,M0(s.tableName),1)', 't0("span",l9,M0(s.tableName.split("_").join(" ")),1)', 1),
    ('localStorage.getItem(Gs)??"UTC"', 'localStorage.getItem(Gs)??"Asia/Ho_Chi_Minh"', 2),
    ('const o=P1("UTC")', 'const o=P1("Asia/Ho_Chi_Minh")', 1),
    (
        "abbreviate(e){if(e===null)return null;const t=String(e);",
        "abbreviate(e){if(e===null)return null;const t=String(panelDay(e));",
        1,
    ),
    (
        "default:J0(()=>[U0(M0(m[g]),1)]),_:2},1032,[\"to\"])])):e.choicesLookup[g]",
        'default:J0(()=>[U0(M0(g==e.pkName?"Xem":(e.choicesLookup[g]||{})[m[g]]??(e.abbreviate(m[g])||"Xem")),1)])'
        ',_:2},1032,["to"])])):e.choicesLookup[g]',
        1,
    ),
    (
        "function Cb(e){",
        "function panelDay(e){if(typeof e!=\"string\")return e;"
        "if(/^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d/.test(e))return Oo.tz(e,"
        'localStorage.getItem(Gs)??"Asia/Ho_Chi_Minh").format("DD/MM/YYYY HH:mm");'
        'return/^\\d{4}-\\d\\d-\\d\\d$/.test(e)?e.split("-").reverse().join("/"):e}function Cb(e){',
        1,
    ),
    # CSV: headings and codes in words, a mark for Excel, nothing that a sheet takes for a formula
    (
        "[Object.keys(y[0]).join(i.value)",
        "[Object.keys(y[0]||{}).map(H=>(a.value.properties[H.replace(/_readable$/,\"\")]||"
        '{title:"Bản ghi"}).title+(H.endsWith("_readable")?" (tên)":"")).join(i.value)',
        1,
    ),
    (
        'Object.values(j).map(H=>`"${d(String(H),',
        "Object.entries(j).map(([k,H])=>{const C=((a.value.properties[k]||{}).extra||{}).choices,"
        "G=C&&Object.values(C).find(E=>E.value===H);return G?G.display_name:H===null?\"\":"
        'typeof H=="string"?H.replace(/^[=+@\\t\\r-]/,"\'$&"):H}).map(H=>`"${d(String(H),',
        1,
    ),
    ("new Blob([T],{type:\"text/csv", 'new Blob(["\\ufeff"+T],{type:"text/csv', 1),
    # Refusals as the server words them
    (
        "function tr(e,t){return t==422?",
        "function tr(e,t){if(e&&Array.isArray(e.detail))return e.detail.map(o=>`"
        "${o.loc[o.loc.length-1]}: ${o.msg}`);if(e&&e.detail)return[e.detail];return t==422?",
        1,
    ),
)  # fmt: skip
