# ruff: noqa: E501 -- exact texts of another program
"""The library's script and our rights: (text in its script, ours, how often)."""

from __future__ import annotations

RIGHTS: tuple[tuple[str, str, int], ...] = (
    # One sign-in: whoever is not signed in goes to the site's own page, and comes back.
    (
        'o.startsWith("/login")||(console.log("Login required"),setTimeout(function(){e.$router.push'
        '({name:"login",query:{nextURL:o}})},0))',
        'location.assign("/dang-nhap?tiep="+encodeURIComponent("/admin/"))',
        1,
    ),
    (
        '{path:"/login/",name:"login",component:H9}',
        '{path:"/login/",name:"login",redirect:"/"}',
        1,
    ),
    (
        '{path:"/change-password/",name:"changePassword",component:Z9,props:!0}',
        '{path:"/change-password/",name:"changePassword",redirect:()=>'
        '(location.assign("/doi-mat-khau"),"/")}',
        1,
    ),
    ('href:"./api/mfa-setup/"', 'href:"/tai-khoan"', 1),
    # What nobody may do here is not offered (the server refuses it as well).
    ('t0("div",m_,[', 't0("div",{class:"left_column "+e.schema.extra.panel_class},[', 1),
    (
        'z0(p,{to:{name:"addRow",params:{tableName:e.tableName}},class:"button",',
        'z0(p,{to:{name:"addRow",params:{tableName:e.tableName}},class:"button add_row",',
        1,
    ),
    ('(Z(),p0("div",h9,[t0("div",m9,[', '(Z(),p0("div",{key:0,class:e.schema.extra.panel_class},[t0("div",m9,[', 1),
    ('disabled:!e.saveButtonEnabled,"data-uitest":"save_button"', 'disabled:!e.saveButtonEnabled,class:"save_row","data-uitest":"save_button"', 1),
    # A column that is not edited here is shown, cannot be typed into, and is not sent.
    (
        'return Z(),p0("div",{key:l},[t0("label",null,[U0(M0(b.title)+" ",1),e.isRequired(',
        'return Z(),p0(b.extra.readonly?"fieldset":"div",{key:l,disabled:b.extra.readonly||null},'
        '[t0("label",null,[U0(M0(b.title)+" ",1),e.isRequired(',
        1,
    ),
    (
        'e.isFilter?h0("",!0):(Z(),R0(s,{key:0,to:{name:"addRow",params:{tableName:b.extra.foreign_key.to}}',
        'e.isFilter||b.extra.readonly?h0("",!0):(Z(),R0(s,{key:0,to:{name:"addRow",params:'
        "{tableName:b.extra.foreign_key.to}}",
        1,
    ),
    (
        't0("input",{type:"file",onChange:t[0]||(t[0]=O=>e.uploadFile(O))},null,32)',
        't0("span",null,M0((e.localValue||"").split("/").slice(1).join("/")),1)',
        1,
    ),
    ('M0(e.abbreviate(m[g])),9,I_)', 'M0("Mở tệp"),9,I_)', 1),
    # Files open by their own address: no frame, no player of ours has the right to show them.
    ("e.isVideo(e.mediaViewerConfig.fileKey)", "!1", 1),
    ("e.isAudio(e.mediaViewerConfig.fileKey)", "!1", 1),
    ("e.isPDF(e.mediaViewerConfig.fileKey)", "!1", 1),
    ('U0(" "+M0(e.mediaViewerConfig.fileKey),1)', 'U0(" "+M0(e.mediaViewerConfig.fileKey.split("/").slice(1).join("/")),1)', 1),
    # Forms may offer lists, and long texts.
    (
        "value:a.default,isNullable:e.isNullable(a),",
        "value:a.default,choices:a.extra&&a.extra.choices,isNullable:e.isNullable(a),",
        1,
    ),
    (
        '"type","value","isNullable","timeResolution","format"]))])}),128))])}const Y_',
        '"type","value","choices","isNullable","timeResolution","format"]))])}),128))])}const Y_',
        1,
    ),
    # The trail's own words of a bulk change that was refused in the middle.
    (
        'var r={contents:"Chưa lưu: cột hoặc giá trị không phù hợp.",type:"error"}',
        'var r={contents:T0.isAxiosError(i)&&i.response?tr(i.response.data,i.response.status)'
        '.join("; "):"Chưa lưu: cột hoặc giá trị không phù hợp.",type:"error"}',
        1,
    ),
    # What was told about one form is not told about the next; a chosen table closes the menu.
    (
        "watch:{async formSlug(){await this.fetchFormConfig()}}",
        "watch:{async formSlug(){this.resetForm(),await this.fetchFormConfig()}}",
        1,
    ),
    (
        "methods:{closeDropdown(){this.showLanguageDropdown=!1}}",
        "methods:{closeDropdown(){this.showLanguageDropdown=!1}},"
        "watch:{$route(){this.showSidebar=!1,this.showDropdown=!1}}",
        1,
    ),
    (
        "l.extra.unique==!1?",
        "l.extra.unique==!1&&!l.extra.readonly?",
        1,
    ),
    # Sorting keeps the filter: the address that it writes is read back as the whole filter.
    (
        "JL(this.tableName,{__order:Pb(t)})",
        "JL(this.tableName,{...this.$store.state.filterParams,__order:Pb(t)})",
        1,
    ),
    # A day that is only shown is written as everywhere else, not as the browser's language has it.
    (
        'R0(M,{key:1,columnName:String(l),format:e.getFormat(b),isFilter:e.isFilter,',
        "R0(M,{key:1,columnName:String(l),format:b.extra.readonly?void 0:e.getFormat(b),"
        "isFilter:e.isFilter,",
        1,
    ),
    (
        "type:e.getType(b),value:e.getValue(String(l)),choices:",
        "type:e.getType(b),value:b.extra.readonly?panelDay(e.getValue(String(l))):"
        "e.getValue(String(l)),choices:",
        1,
    ),
)  # fmt: skip
