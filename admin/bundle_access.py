# ruff: noqa: E501 -- exact texts of another program
"""Names and landmarks for those who hear the page: (text in its script, ours, how often)."""

from __future__ import annotations

ACCESS: tuple[tuple[str, str, int], ...] = (
    # Landmarks
    ('t9={class:"inner"}', 't9={class:"inner",role:"main"}', 1),
    ('w9={class:"welcome"}', 'w9={class:"welcome",role:"main"}', 1),
    ('{class:"left_column "+', '{role:"main",class:"left_column "+', 1),
    ('KS={id:"nav"}', 'KS={id:"nav",role:"banner"}', 1),
    ('kS={class:"sidebar"}', 'kS={class:"sidebar",role:"navigation","aria-label":"Danh mục"}', 1),
    ('j_={key:0,class:"right_column"', 'j_={key:0,role:"complementary","aria-label":"Bộ lọc",class:"right_column"', 1),
    # Links that are only a picture
    ('[z0(c,{icon:"angle-left"})],2)', '[z0(c,{icon:"angle-left",title:"Trang trước"})],2)', 1),
    ('[z0(c,{icon:"angle-right"})],2)', '[z0(c,{icon:"angle-right",title:"Trang sau"})],2)', 1),
    ('{key:0,icon:"caret-up"}', '{key:0,icon:"caret-up",title:"Tăng dần: đổi cách sắp xếp"}', 1),
    ('{key:1,icon:"caret-down"}', '{key:1,icon:"caret-down",title:"Giảm dần: đổi cách sắp xếp"}', 1),
    ('{key:0,icon:"bars"}', '{key:0,icon:"bars",title:"Mở danh mục"}', 1),
    ('{key:1,icon:"times"}', '{key:1,icon:"times",title:"Đóng danh mục"}', 1),
    ('t0("a",{class:"subtle",href:"#",onClick:B0(g=>e.visibleDropdown=', 't0("a",{class:"subtle",href:"#",title:"Thao tác với dòng này",onClick:B0(g=>e.visibleDropdown=', 1),
    ('class:"add",target:"_blank"},{default:J0(()=>[z0(a,{icon:"edit"})])', 'class:"add",target:"_blank",title:"Mở mục này ở thẻ mới"},{default:J0(()=>[z0(a,{icon:"edit"})])', 1),
    ('{key:0,class:"correct",icon:"check"}', '{key:0,class:"correct",icon:"check",title:"Có"}', 1),
    ('{key:1,class:"incorrect",icon:"times"}', '{key:1,class:"incorrect",icon:"times",title:"Không"}', 1),
    ('(t[13]=t0("th",null,null,-1))', '(t[13]=t0("th",null,"Thao tác",-1))', 1),
    # Fields by the label above them
    ('t0("label",null,[U0(M0(b.title)+" ",1)', 't0("label",{for:"field_"+l},[U0(M0(b.title)+" ",1)', 1),
    ('t0("label",null,M0(c.title),1)', 't0("label",{for:"field_"+a},M0(c.title),1)', 2),
    ('t0("label",null,M0(a.title),1)', 't0("label",{for:"field_"+s},M0(a.title),1)', 1),
    ('t0("input",{step:"1",type:"number",name:e.columnName', 't0("input",{id:"field_"+e.columnName,step:"1",type:"number",name:e.columnName', 1),
    ('p0("input",{key:1,type:"date",name:e.columnName', 'p0("input",{key:1,id:"field_"+e.columnName,type:"date",name:e.columnName', 1),
    ('p0("textarea",{key:1,autocomplete:"off",ref:"textarea",name:e.columnName', 'p0("textarea",{key:1,id:"field_"+e.columnName,autocomplete:"off",ref:"textarea",name:e.columnName', 1),
    ('t0("input",{type:"text",name:e.columnName,placeholder:e.placeholder,"onUpdate:modelValue":t[17]', 't0("input",{type:"text",id:"field_"+e.columnName,name:e.columnName,placeholder:e.placeholder,"onUpdate:modelValue":t[17]', 1),
    ('p0("select",{key:4,name:e.columnName}', 'p0("select",{key:4,id:"field_"+e.columnName,name:e.columnName}', 1),
    ('p0("select",{name:e.fieldName,', 'p0("select",{id:"field_"+e.fieldName,name:e.fieldName,', 1),
    ('t0("input",{autocomplete:"off",placeholder:e.isFilter?', 't0("input",{id:"field_"+e.fieldName,autocomplete:"off",placeholder:e.isFilter?', 1),
    ('p0("select",{name:e.columnName+"__match"}', 'p0("select",{"aria-label":"Cách so sánh",name:e.columnName+"__match"}', 1),
    ('p0("select",{name:e.columnName+"__operator"}', 'p0("select",{"aria-label":"Cách so sánh",name:e.columnName+"__operator"}', 1),
    ('t0("input",{type:"datetime-local","onUpdate:modelValue":M[0]', 't0("input",{"aria-label":"Ngày giờ",type:"datetime-local","onUpdate:modelValue":M[0]', 1),
    ('t0("select",{"onUpdate:modelValue":M[1]', 't0("select",{"aria-label":"Múi giờ","onUpdate:modelValue":M[1]', 1),
    ('t0("select",{"onUpdate:modelValue":t[0]||(t[0]=c=>e.selectedPageSize=c)', 't0("select",{"aria-label":"Số dòng mỗi trang","onUpdate:modelValue":t[0]||(t[0]=c=>e.selectedPageSize=c)', 1),
    ('t0("input",{type:"number",min:1,max:e.pageCount', 't0("input",{"aria-label":"Trang",type:"number",min:1,max:e.pageCount', 1),
    ('t0("input",{type:"checkbox","onUpdate:modelValue":t[4]', 't0("input",{type:"checkbox","aria-label":"Chọn mọi dòng của trang","onUpdate:modelValue":t[4]', 1),
    ('t0("input",{value:m[e.pkName],onClick:', 't0("input",{"aria-label":"Chọn dòng này",value:m[e.pkName],onClick:', 1),
)  # fmt: skip
